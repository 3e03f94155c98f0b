import { replayVectors } from "./replaying.js";

replayVectors("keyring_content");
