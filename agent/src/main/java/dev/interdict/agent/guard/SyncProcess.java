package dev.interdict.agent.guard;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.sync.Stage;
import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncPipe;
import dev.interdict.agent.sync.SyncResult;
import java.io.IOException;
import java.util.List;

/// Exchanges in a worker process that is killed at its time limit, so that a server that drips its
/// answer holds nothing up.
///
/// @param command ends in the role `sync`
/// @param stage what goes to it and where what it brings is put
public record SyncProcess(Command command, Stage stage) implements Carrier {
  @Override
  public SyncResult carry(SyncJob job, List<byte[]> bodies) {
    try (var worker = command.start()) {
      try {
        SyncPipe.ask(job, bodies, stage, worker.input());
        return SyncPipe.result(worker.output(), stage);
      } catch (IOException e) {
        return SyncResult.unreached(
            worker.timedOut()
                ? "no whole answer within " + command.limit().toSeconds() + " s"
                : "the sync worker failed: " + e.getMessage());
      }
    } catch (IOException e) {
      return SyncResult.unreached("the sync worker could not be started: " + e.getMessage());
    }
  }
}
