// %% [markdown]
// # Normalizing flows
//
// **The map of the course**
//
// A program can easily draw numbers from a bell curve. A *normalizing flow* bends that curve, by a map that can be undone, until it has the shape of the data: faces, sounds, measurements. Then one model does two things at once. It **draws new data**, and it **says how likely** any data are, exactly. The course builds such models from the first bent line upwards, with code that you write.
//
// It follows chapter 16 of Simon Prince's *Understanding Deep Learning*; numbers of equations, figures and problems are the book's.

// %% chapters=true

// %% [markdown]
// ## What you need to know
//
// - **Calculus**: derivative, chain rule, integral of a function of one variable. From chapter 2 on also partial derivatives.
// - **Probability**: density, mean, variance, the normal distribution, what *independent* means.
// - **Linear algebra**, from chapter 2 on: matrices, determinants, inverses.
// - **Programming**: functions, loops and arrays in any language. The cells are TypeScript, which is JavaScript with types; what is special about it is said where it is used.
//
// Neural networks are not needed for chapter 1. Where they come in, they are functions with many parameters that are changed step by step until a number is small.
//
// ## How to work with it
//
// Open a chapter and run its cells from top to bottom with **Shift+Enter**. Everything is saved in this folder; nothing that you write is ever overwritten.
//
// | | |
// |---|---|
// | ◇ **Predict** | `predict("peaks", 2)` takes your guess before the cell that shows the answer. Guess before you run on: being wrong here costs nothing, and is remembered best. |
// | ✎ **Exercise** | Write where `// YOUR CODE HERE` stands, run the cell, and run the check below it. `check` says what holds, on which input something fails, and what seems to have happened. |
// | **Your code goes on living** | Later cells use what you wrote once it passes its check: your gradient step trains a model, your sampler draws from it. A line under such a cell says whose code it runs. If yours fails there, it says so, and how to go on with the library's. |
// | `progress()` | What is done, and what comes next. It is remembered in the folder `progress`, on this machine only, and agrees with `npm run grade`. |
// | `worked("16.1")` | The solution explained, once you have passed the exercise or three of its checks have failed. |
// | `reset("16.1")` | Puts an exercise back to how it was handed out, and keeps what you had written. |
//
// ## Where you are
//
// Run the next cell whenever you want to know.

// %%
import { progress } from "flowlab-grader";

progress();

// %% [markdown]
// ## Notation
//
// | | |
// |---|---|
// | $z$, $\mathbf{z}$ | the **base** variable, whose density is simple; a vector from chapter 2 on |
// | $x$, $\mathbf{x}$ | the **data** variable, whether observed or drawn from a model |
// | $f$, $x = f(z, \phi)$ | the map of the flow, in the **forward** direction, with parameters $\phi$ |
// | $f^{-1}$, $z = f^{-1}(x, \phi)$ | the same map in the **inverse** direction |
// | $Pr(z)$, $Pr(x)$ | densities; which one is meant shows by its argument |
// | $\lvert \partial f / \partial z \rvert$ | how much $f$ stretches at $z$; in many dimensions the absolute value of the determinant of the **Jacobian** |
// | $I$, $i$ | number of data points, and one of them |
// | $D$, $K$ | number of dimensions; number of layers, or of bins |
// | $\log$ | the natural logarithm, always |
//
// In all pictures the base is <span style="color:#0072b2">**blue**</span> and the data are <span style="color:#d55e00">**orange**</span>.
//
// ## Words
//
// | word | meaning | русский | 中文 | 日本語 |
// |---|---|---|---|---|
// | normalizing flow | a base density and an invertible map that bends it | нормализующий поток | 标准化流 | 正規化流 |
// | base density | the simple density that is bent, most often the standard normal | базовая плотность | 基础密度 | 基底分布 |
// | forward, generative | from $z$ to $x$: drawing | прямое преобразование | 前向映射 | 順方向 |
// | inverse, normalizing | from $x$ to $z$: scoring, training | обратное преобразование | 逆向映射 | 逆変換 |
// | change of variables | how a density changes when its variable is mapped | замена переменных | 变量变换 | 変数変換 |
// | push-forward | the distribution of $f(z)$ | образ распределения | 前推 | 押し出し |
// | Jacobian matrix | all partial derivatives, $\partial f_i / \partial z_j$ | матрица Якоби | 雅可比矩阵 | Jacobi 行列 |
// | its determinant | by which factor $f$ changes volumes at a point | якобиан | 行列式 | Jacobian |
// | likelihood | the density of the data that were observed, as a function of $\phi$ | правдоподобие | 似然 | 尤度 |
// | entropy | the mean of $-\log Pr(x)$: what no model can beat on average | энтропия | 熵 | エントロピー |
// | coupling | one part of the variables decides how the other part is bent | связывание | 耦合流 | カップリング流 |
// | autoregressive flow | each variable is bent as the ones before it say | авторегрессионный поток | 自回归流 | 自己回帰流 |
// | residual flow | $x = z + g(z)$, with a $g$ that changes slowly enough | остаточный поток | 残差流 | 残差フロー |
//
// Texts do not agree on these words. *Jacobian* is the matrix in some and its determinant in others, as якобиан is; in this course it is the matrix. Russian texts also write нормализационный поток. Chinese ones call the family 标准化流, 归一化流 or 正规化流. And what is called $f$ may lead from $z$ to $x$, as here, or from $x$ to $z$.
//
// **Nats and bits.** A log-likelihood with the natural logarithm is in *nats*; divided by $\log 2$ it is in *bits*. For images one reports **bits per dimension**,
//
// $$\text{bits per dimension} = \frac{-\log Pr(\mathbf{x})}{D \log 2},$$
//
// with $D$ the number of pixels times colours, and $\mathbf{x}$ measured in the steps of the pixels' values. So it is about the length, per pixel and colour, of the file into which the model could pack the image.
