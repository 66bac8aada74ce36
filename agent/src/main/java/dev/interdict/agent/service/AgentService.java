package dev.interdict.agent.service;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// Runs until it is stopped: joins a server if one is named, then is the guard; what fails is tried
/// again. It never ends by itself, so that no service manager has to tell a failure from a stop.
/// Thread-safe: one thread runs it, another one stops it.
public final class AgentService {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Step preparation;
  private final Joins joining;
  private final IntSupplier guard;
  private final Pauses pauses;
  private final Consumer<String> told;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean started;

  /// Something that may fail and is tried again.
  @FunctionalInterface
  public interface Step {
    void run() throws IOException;
  }

  /// As [Joining#attempt].
  @FunctionalInterface
  public interface Joins {
    boolean attempt() throws IOException;
  }

  /// How long until the next try.
  ///
  /// @param unnamed while no server is named
  /// @param refused after a server did not admit this device, or was not reached
  /// @param failed after the guard could not go on
  public record Pauses(Duration unnamed, Duration refused, Duration failed) {
    public static final Pauses STANDARD =
        new Pauses(Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofMinutes(1));
  }

  /// @param preparation of the agent's folder, before each try
  /// @param guard runs until its thread is interrupted; its exit code
  public AgentService(
      Step preparation, Joins joining, IntSupplier guard, Pauses pauses, Consumer<String> told) {
    this.preparation = preparation;
    this.joining = joining;
    this.guard = guard;
    this.pauses = pauses;
    this.told = told;
  }

  /// Runs until [#stop].
  public void run() {
    started = true;
    var worker = Thread.ofPlatform().name("agent").start(this::work);
    try {
      asked.await();
      worker.interrupt();
      worker.join(PATIENCE);
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void work() {
    var silent = false;
    while (!over()) {
      var pause = pauses.failed();
      try {
        preparation.run();
        pause = pauses.refused();
        if (joining.attempt()) {
          silent = false;
          pause = pauses.failed();
          var code = guard.getAsInt();
          if (!over()) {
            told.accept("the guard ended with " + code + "; it is started anew");
          }
        } else {
          pause = pauses.unnamed();
          if (!silent) {
            told.accept("not enrolled, and no INTERDICT_SERVER is set; idle until one is");
          }
          silent = true;
        }
      } catch (IOException e) {
        told.accept(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        told.accept(e + "; it is tried again");
      }
      if (!rest(pause)) {
        return;
      }
    }
  }

  private boolean over() {
    return asked.getCount() == 0;
  }

  /// Whether to go on.
  private boolean rest(Duration pause) {
    try {
      return !asked.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts but who stops us.
      return !over();
    }
  }

  /// Ends what runs, and returns when it has ended or does not within half a minute.
  public void stop() {
    asked.countDown();
    try {
      if (started && !ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        told.accept("the guard did not end within " + PATIENCE.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
