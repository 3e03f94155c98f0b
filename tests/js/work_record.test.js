import { replayVectors } from "./replaying.js";

replayVectors("work_record");
