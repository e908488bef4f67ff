/**
 * Widgets of the page, as ipywidgets' protocol describes them: models that a front end (JupyterLab, Notebook 7, VS Code)
 * draws and changes.
 *
 * @see https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md (version 2.1.0)
 */
import type { Comm, Failure, NotebookHost } from "../../ground/notebook/notebook-host.ts";
import type { FullRange } from "./ranges.ts";

type State = Record<string, unknown>;

/** The kernel's end of a widget. */
export interface Widget {
  readonly id: string;
  /** Changes it on the page. */
  set(state: State): void;
}

const controls = { module: "@jupyter-widgets/controls", version: "2.0.0" };
const base = { module: "@jupyter-widgets/base", version: "2.0.0" };

const model = (name: string, { module, version } = controls): State => ({
  ...{ _model_module: module, _model_module_version: version, _model_name: `${name}Model` },
  ...{ _view_module: module, _view_module_version: version, _view_name: `${name}View` },
});

export interface WidgetOptions {
  /** The page has changed these. */
  onChange?(state: State): unknown;
  onFailure?(failure: Failure): void;
}

type Host = Required<Pick<NotebookHost, "openComm">>;

function openWidget(host: Host, first: State, { onChange, onFailure }: WidgetOptions = {}): Widget {
  const state = { ...first };
  const update = (changed: State) => comm.send({ method: "update", state: changed, buffer_paths: [] });
  const comm: Comm = host.openComm(
    "jupyter.widget",
    { state, buffer_paths: [] },
    {
      metadata: { version: "2.1.0" },
      onMessage(data) {
        // A page that was loaded again asks for all of it, as it is now.
        if (data.method === "request_state") return update(state);
        if (data.method !== "update" || typeof data.state !== "object" || data.state === null) return;
        Object.assign(state, data.state);
        return onChange?.(data.state as State);
      },
      ...(onFailure === undefined ? {} : { onFailure }),
    },
  );
  return {
    id: comm.id,
    set(changed) {
      Object.assign(state, changed);
      update(changed);
    },
  };
}

const reference = ({ id }: Widget) => `IPY_MODEL_${id}`;

/** Sliders with a piece of HTML below them that is put in place of the one before. */
export interface Panel {
  /** Of the whole, for the output that shows it. */
  readonly id: string;
  show(html: string): void;
}

/**
 * @param mark A class by which a script of the page finds the panel.
 * @param onMove A slider has been moved; never called again before what it returns has settled.
 */
export function openPanel(
  host: Host,
  ranges: readonly FullRange[],
  html: string,
  mark: string,
  onMove: (name: string, value: number) => unknown,
  onFailure: (failure: Failure) => void,
): Panel {
  const layout = openWidget(host, { ...model("Layout", base), width: "min(98%, 560px)" });
  const style = openWidget(host, {
    ...model("SliderStyle"),
    ...{ _view_module: base.module, _view_name: "StyleView", description_width: "initial" },
  });
  const sliders = ranges.map(({ name, label, from, to, step, value, digits }) => {
    const state = {
      ...model("FloatSlider"),
      ...{ layout: reference(layout), style: reference(style), description: label, tooltip: label },
      ...{ value, min: from, max: to, step, readout_format: `.${digits}f`, continuous_update: true },
    };
    return openWidget(host, state, {
      onChange: ({ value }) => (typeof value === "number" ? onMove(name, value) : undefined),
      onFailure,
    });
  });
  const picture = openWidget(host, { ...model("HTML"), value: html });
  const children = [...sliders, picture].map(reference);
  const box = openWidget(host, { ...model("VBox"), children, _dom_classes: [mark] });
  return { id: box.id, show: (value) => picture.set({ value }) };
}
