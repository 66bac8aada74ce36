package dev.interdict.agent.platform.session;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// The short-lived process `interdict-agent notify`: reads one [Errand] from its input, shows it,
/// writes one [Answer], and stays to hear the buttons as long as the notice is up. It runs as the
/// person whose session it is.
public final class NotifyWorker {
  /// For what is not an [Errand] on the input.
  public static final int USAGE = 2;

  private NotifyWorker() {}

  /// Does it all, in `limit` at most until the answer. A thread that a dead session holds up is
  /// left behind as a daemon; the process is to end with the code given here.
  ///
  /// @param screens the screen for an errand
  /// @return the process's exit code: 0 where an answer was written, else [#USAGE]
  public static int run(
      InputStream in, PrintStream out, Duration limit, Function<Errand, Screen> screens)
      throws InterruptedException {
    // Libraries that log to the standard output would garble the answer.
    System.setOut(System.err);
    Errand errand;
    try {
      var frame = Frames.read(in, Errand.MOST_BYTES);
      errand = Errand.read(frame == null ? new byte[0] : frame);
    } catch (JsonException | IOException e) {
      System.err.println("interdict-agent notify: " + e.getMessage());
      return USAGE;
    }
    var screen = screens.apply(errand);
    var answer = answer(screen, limit);
    try {
      Frames.write(out, answer.bytes());
    } catch (IOException e) {
      return USAGE;
    }
    out.flush();
    if (answer instanceof Answer.Shown) {
      screen.attend(Workers.HEARS);
    }
    return 0;
  }

  private static Answer answer(Screen screen, Duration limit) throws InterruptedException {
    var task = new FutureTask<>(screen::show);
    Thread.ofPlatform().daemon().name("session").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Answer.TimeLimit();
    } catch (ExecutionException e) {
      return new Answer.SessionError();
    }
  }
}
