import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.js";

const firstNotebook = "notebooks/00-start.ipynb";

/** The page that opens: the first notebook, or the folder of notebooks. */
export const firstPage = () =>
  existsSync(join(root, firstNotebook)) ? `/lab/tree/${firstNotebook}` : "/lab/tree/notebooks";

/**
 * JupyterLab's command line for the course.
 *
 * @param {{ port: number, browser: boolean }} server
 */
export function serverOptions({ port, browser }) {
  const options = [
    `--ServerApp.root_dir=${root}`,
    // Which of its files the browser lists: course_contents.py.
    "--ServerApp.contents_manager_class=course_contents.CourseContents",
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    `--ServerApp.open_browser=${browser ? "True" : "False"}`,
    `--LabApp.default_url=${firstPage()}`,
    "--LabApp.extension_manager=readonly",
    // The card of reset() puts an exercise back into its cell as an edit of the page's own.
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--KernelSpecManager.allowed_kernelspecs=flowlab",
    "--KernelSpecManager.ensure_native_kernel=False",
  ];
  // A container's only user; Jupyter wants to be told.
  return process.getuid?.() === 0 ? [...options, "--allow-root"] : options;
}
