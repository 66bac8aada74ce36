package dev.interdict.agent.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A started program and its two streams. At its time limit it is killed with its children and its
/// output ends. Whoever reads the output bounds it.
///
/// Close it always: closing kills what is left. The streams are each for one thread.
public final class Conversation implements AutoCloseable {
  private final Process process;
  private final CompletableFuture<Void> watch;
  private volatile boolean timedOut;

  Conversation(Process process, Duration limit) {
    this.process = process;
    var deadline = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
    this.watch = CompletableFuture.runAsync(this::expire, deadline);
  }

  private void expire() {
    timedOut = process.isAlive();
    ProcessTree.kill(process);
  }

  /// What the program reads.
  public OutputStream input() {
    return process.getOutputStream();
  }

  /// What the program writes.
  public InputStream output() {
    return process.getInputStream();
  }

  /// Whether it was killed at its limit.
  public boolean timedOut() {
    return timedOut;
  }

  /// Whether it has not ended yet.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Waits until it has ended by itself or at its limit.
  ///
  /// @return its exit code
  public int await() throws InterruptedException {
    return process.waitFor();
  }

  /// Kills what is left of it.
  @Override
  public void close() {
    watch.cancel(false);
    ProcessTree.kill(process);
    try {
      process.getOutputStream().close();
      process.getInputStream().close();
    } catch (IOException e) {
      // It did not read to the end, or is gone: nothing is left to give back.
    }
  }
}
