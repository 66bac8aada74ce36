package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.scan.InventoryPipe;
import java.io.IOException;
import java.util.function.Predicate;

/// Scans in a worker process that is killed at its time limit.
///
/// @param plain ends in the role `scan --output frame`
/// @param thorough the same with `--digests`
public record ScanProcess(Command plain, Command thorough) implements Scanner {
  @Override
  public Inventory scan(boolean digests, Predicate<Item> wanted) throws WorkerException {
    var command = digests ? thorough : plain;
    try (var worker = command.start()) {
      try {
        return InventoryPipe.read(worker.output(), wanted);
      } catch (IOException e) {
        throw new WorkerException(
            worker.timedOut()
                ? "the scan worker did not finish within " + command.limit().toSeconds() + " s"
                : "the scan worker failed: " + e.getMessage(),
            e);
      }
    } catch (IOException e) {
      throw new WorkerException("the scan worker could not be started: " + e.getMessage(), e);
    }
  }
}
