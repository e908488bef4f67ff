// What almost every notebook imports. As a part of each compilation it is read once, when the kernel starts: the
// compiler forgets a library that no cell uses any more, and needs half a second to read this one again.
import "flowlab";
import "flowlab/data";
import "flowlab/figure";
import "flowlab/notebook";
import "flowlab-grader";
