/** The chapters in their order: the map in `00-start`, the links between notebooks and `progress()` are made of this list. */

export interface Chapter {
  /** Of its notebook, and of its folders of exercises. */
  readonly slug: string;
  readonly title: string;
  /** What it is about, in a few words. */
  readonly about: string;
  /** Of the book. */
  readonly sections: string;
  /** How long it takes. */
  readonly minutes: { readonly reading: number; readonly exercises: number };
}

/** A chapter whose notebook is not there yet is named in the map, and linked nowhere. */
export const chapters: readonly Chapter[] = [
  {
    slug: "01-change-of-variables",
    title: "Bending one variable",
    about: "change of variables in one dimension",
    sections: "16.1",
    minutes: { reading: 50, exercises: 150 },
  },
  {
    slug: "02-general-case",
    title: "The general case",
    about: "many dimensions: the Jacobian and its determinant, composition, planar and radial flows",
    sections: "16.2",
    minutes: { reading: 60, exercises: 120 },
  },
  {
    slug: "03-linear",
    title: "Linear flows",
    about: "triangular, orthogonal and factored matrices, and what they cost",
    sections: "16.3.1",
    minutes: { reading: 60, exercises: 180 },
  },
  {
    slug: "04-elementwise",
    title: "Elementwise flows",
    about: "leaky ReLU, splines, mixtures: one dimension at a time",
    sections: "16.3.2",
    minutes: { reading: 60, exercises: 120 },
  },
  {
    slug: "05-coupling",
    title: "Coupling flows",
    about: "NICE, RealNVP and spline couplings, trained on pictures of points",
    sections: "16.3.3",
    minutes: { reading: 60, exercises: 180 },
  },
  {
    slug: "06-autoregressive",
    title: "Autoregressive flows",
    about: "one number after another: masks, and which direction is fast",
    sections: "16.3.4 and 16.3.5",
    minutes: { reading: 60, exercises: 180 },
  },
  {
    slug: "07-residual",
    title: "Residual flows",
    about: "reversible and contractive networks",
    sections: "16.3.6 and 16.3.7",
    minutes: { reading: 60, exercises: 180 },
  },
  {
    slug: "08-multiscale",
    title: "Multiscale flows",
    about: "latents that leave early, from coarse to fine; whole numbers, noise and bits",
    sections: "16.4",
    minutes: { reading: 50, exercises: 180 },
  },
  {
    slug: "09-glow",
    title: "Glow",
    about: "all parts together: faces drawn from noise, mixed and changed; and a flow fitted to a density",
    sections: "16.5.2 and 16.5.3",
    minutes: { reading: 70, exercises: 240 },
  },
];

/** The notebook with the map. */
export const START = "00-start";

/** As it stands in a heading: 1 for `01-change-of-variables`. */
export const chapterNumber = ({ slug }: Pick<Chapter, "slug">): number => Number(slug.slice(0, 2));

/** "50 minutes", "2 hours", "2½ hours". */
export function timeText(minutes: number): string {
  if (minutes < 90) return `${minutes} minutes`;
  const halves = Math.round(minutes / 30);
  return `${Math.floor(halves / 2) || ""}${halves % 2 === 1 ? "½" : ""} hours`;
}
