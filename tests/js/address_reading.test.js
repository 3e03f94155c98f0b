import { replayVectors } from "./replaying.js";

replayVectors("address_reading");
