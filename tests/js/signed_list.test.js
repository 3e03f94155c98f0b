import { replayVectors } from "./replaying.js";

replayVectors("signed_list");
