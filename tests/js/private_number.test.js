import { replayVectors } from "./replaying.js";

replayVectors("private_number");
