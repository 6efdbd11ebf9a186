// The result: recomputes the plan as gaps are ticked, and opens explanations in place.
import { openInPlace } from "./explain.js";
import { recomputeOnTick } from "./planned.js";

recomputeOnTick();
openInPlace();
