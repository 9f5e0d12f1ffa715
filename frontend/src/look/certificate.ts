import { css } from "../kit";

/** A sheet of paper, on a screen in any theme and on paper: its colours are those of ink and paper. */
export const certificateLook = css`
  .sheet { background: #ffffff; color: #1d2730; border: 1px solid #707b85; padding: clamp(1rem, 5vw, 3rem); max-width: 46rem; margin: 0 0 1rem;
    font: 400 1rem/1.5 "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "DejaVu Serif", serif; }
  .sheet h3 { font-family: inherit; font-weight: 600; font-size: 2rem; line-height: 1.2; color: #7a2d5c; margin: 0 0 0.25rem; }
  .sheet h4 { font-family: inherit; font-weight: 600; font-size: 1.05rem; line-height: 1.3; margin: 1.2rem 0 0.3rem; }
  .sheet p { margin: 0 0 0.5rem; }
  .sheet .name { font-size: 1.5rem; border-bottom: 1px solid #707b85; min-height: 2.4rem; margin: 0.5rem 0; overflow-wrap: anywhere; }
  .sheet ul { margin: 0 0 0.5rem; padding-left: 1.2em; columns: 2 14rem; }
  .sheet .small { font-size: 0.875rem; color: #4b5763; }
  @media print {
    .sheet { border: 0; padding: 0; max-width: none; }
  }
`;
