// %% [markdown]
// # 3 · Linear flows

// %% exercise="16.4"

// %% exercise="03.substitution"

// %% exercise="03.plu"

// %% exercise="03.whitening"
