package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.UnreadableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs one look with a limit of time, on a thread that is left behind when it does not come back:
/// a read that hangs in the kernel answers to no interrupt. The only place that catches everything.
///
/// @param limit how long a look may take
record Deadline(Duration limit) {

  /// What may fail.
  @FunctionalInterface
  interface Task {
    void run() throws UnreadableException;
  }

  /// How a look ended.
  sealed interface Outcome {
    /// It came back.
    record Done() implements Outcome {}

    /// The place as a whole could not be read.
    record Refused(UnreadableException why) implements Outcome {}

    /// It broke; a defect of ours or a state of the machine that nobody foresaw.
    record Broken(Throwable cause) implements Outcome {}

    /// It has not come back in time and still occupies what it was given.
    record Late(Duration limit) implements Outcome {}

    /// The gap that the outcome leaves. A broken source is named by its kind of error only, since
    /// the message may quote a user's file.
    default Optional<Gap> gap(String source, BytePath place) {
      return switch (this) {
        case Done() -> Optional.empty();
        case Refused(var why) -> Optional.of(Gap.of(source, why));
        case Broken(var cause) ->
            Optional.of(
                Scan.gap(
                    source,
                    place,
                    UnreadableException.Reason.IO,
                    "the source failed: " + cause.getClass().getSimpleName()));
        case Late(var limit) ->
            Optional.of(
                Scan.gap(
                    source,
                    place,
                    UnreadableException.Reason.BUDGET,
                    "took longer than " + limit.toSeconds() + " s"));
      };
    }
  }

  Outcome run(Task task) {
    var future =
        new FutureTask<Outcome>(() -> {
          task.run();
          return new Outcome.Done();
        });
    Thread.ofPlatform().daemon().name("look").start(future);
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      return new Outcome.Late(limit);
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case UnreadableException why -> new Outcome.Refused(why);
        case null -> new Outcome.Broken(e);
        case Throwable cause -> new Outcome.Broken(cause);
      };
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      return new Outcome.Broken(e);
    }
  }
}
