package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// All ways, asked at the same time.
///
/// A full screen on Wayland, and a screen that is shared in a browser, are not told to other
/// processes: where the compositor itself does not hold notices back, they are not noticed.
public final class Disturbances {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final List<Disturbance> ALL =
      List.of(
          new ScreenLocked(),
          new ServerInhibited(),
          new GnomeBannersOff(),
          new XfceQuiet(),
          new DunstPaused(),
          new FullScreenOnX11(),
          new GnomeInhibited(),
          new PowerInhibited(),
          new MicrophoneInUse(),
          new CameraOpen());

  private Disturbances() {}

  /// What the session wishes now, the first of all ways; null where it may be disturbed.
  public static @Nullable Wish now(Session session) {
    return now(ALL, session, PATIENCE);
  }

  static @Nullable Wish now(List<Disturbance> ways, Session session, Duration patience) {
    ThreadFactory daemons = Thread.ofPlatform().daemon().name("disturbance-", 0).factory();
    var executor = Executors.newFixedThreadPool(ways.size(), daemons);
    try {
      var asked =
          executor.invokeAll(
              ways.stream().map(way -> wish(way, session)).toList(),
              patience.toMillis(),
              TimeUnit.MILLISECONDS);
      for (var answer : asked) {
        var wish = heard(answer);
        if (wish.isPresent()) {
          return wish.get();
        }
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      executor.shutdownNow();
    }
  }

  private static Callable<Optional<Wish>> wish(Disturbance way, Session session) {
    return () -> way.now(session) ? Optional.of(way.wish()) : Optional.empty();
  }

  private static Optional<Wish> heard(Future<Optional<Wish>> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException | CancellationException e) {
      return Optional.empty();
    }
  }
}
