import { streamBusContract } from "./stream-bus.contract";
import { createMemoryBus } from "./stream-bus.memory";

streamBusContract("memory", createMemoryBus);
