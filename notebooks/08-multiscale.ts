// %% [markdown]
// # 8 · Multiscale
//
// **TODO: the subject in a few words**
//
// *The question.* TODO: what a reader wants to know, and cannot answer yet.
//
// You will
//
// 1. TODO: what she does and sees.
//
// TODO: which sections of the book the chapter follows. Run the cells from top to bottom with **Shift+Enter**.

// %%
import { random, standardNormal, tf } from "flowlab";
import { predict } from "flowlab-grader";

// %% [markdown]
// ## 8.1 TODO: the first section
//
// TODO: what the next cell does, and nothing of what it will show.

// %% predict="08-first-guess"

// %%
// TODO: a first cell that shows something.
const points = standardNormal([2]).sample(100, random(1));
const shown = tf.mean(points).dataSync()[0];
points.print();

// %% answer="08-first-guess"
predict.answer("08-first-guess", { shown });

// %% [markdown]
// ## What to take away
//
// - TODO: what should stay, in a sentence each.
//
// **What comes next.** TODO: which question is open now, and which chapter answers it.
//
// **Where it comes from.** TODO: who found what, and when.

// %% [markdown]
// ## Quiz
//
// Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - TODO: each paper with its arXiv version.

// %% exercise="08.squeeze"

// %% exercise="08.cost"

// %% exercise="08.split"

// %% exercise="08.bits"
