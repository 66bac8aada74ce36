package dev.interdict.agent.platform.linux.session;

import java.time.Duration;

/// The worker as a program of its own, as `interdict-agent notify` is.
final class NotifyProgram {
  private NotifyProgram() {}

  public static void main(String... arguments) throws InterruptedException {
    var limit = Duration.parse(arguments[0]);
    System.exit(NotifyWorker.run(System.in, System.out, limit));
  }
}
