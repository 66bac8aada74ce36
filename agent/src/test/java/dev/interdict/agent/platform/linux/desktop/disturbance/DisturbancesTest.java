package dev.interdict.agent.platform.linux.desktop.disturbance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.notice.Receipt.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The list of ways, and those that read files of the kernel: planted ones here.
@EnabledOnOs(OS.LINUX)
final class DisturbancesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path proc;

  /// None of what is tested here asks the bus.
  @SuppressWarnings("NullAway")
  private Session session() {
    return new Session(null, Map.of(), proc);
  }

  private record Way(Wish wish, boolean says) implements Disturbance {
    @Override
    public boolean now(Session session) {
      return says;
    }
  }

  /// A way that hangs until the test is over.
  private record Hanging(CountDownLatch end) implements Disturbance {
    @Override
    public Wish wish() {
      return Wish.DND;
    }

    @Override
    public boolean now(Session session) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return true;
    }
  }

  private record Failing(Wish wish) implements Disturbance {
    @Override
    public boolean now(Session session) throws IOException {
      throw new IOException("cannot be read");
    }
  }

  @Test
  void the_first_wish_counts_and_none_is_none() {
    var quiet = new Way(Wish.DND, false);
    var call = new Way(Wish.CALL, true);
    var film = new Way(Wish.PRESENTING, true);
    assertEquals(Wish.CALL, Disturbances.now(List.of(quiet, call, film), session(), PATIENCE));
    assertNull(Disturbances.now(List.of(quiet), session(), PATIENCE));
  }

  @Test
  void what_hangs_or_fails_is_no_wish_and_holds_nobody_up() {
    var end = new CountDownLatch(1);
    var ways =
        List.<Disturbance>of(new Hanging(end), new Failing(Wish.DND), new Way(Wish.CALL, true));
    assertEquals(Wish.CALL, Disturbances.now(ways, session(), Duration.ofMillis(200)));
    end.countDown();
  }

  @Test
  void a_microphone_that_this_person_records_with_is_a_call() throws IOException {
    var microphone = new MicrophoneInUse();
    assertFalse(microphone.now(session()));
    Files.createDirectories(proc.resolve("4711"));
    var status = Files.createDirectories(proc.resolve("asound/card0/pcm0c/sub0")).resolve("status");
    Files.writeString(status, "closed\n");
    assertFalse(microphone.now(session()));
    Files.writeString(status, "state: RUNNING\nowner_pid   : 4711\ntrigger_time: 5.1\n");
    assertTrue(microphone.now(session()));
    Files.writeString(status, "state: PREPARED\nowner_pid   : 4711\n");
    assertFalse(microphone.now(session()));
  }

  @Test
  void sound_that_is_played_and_what_others_record_is_no_call() throws IOException {
    var playing = Files.createDirectories(proc.resolve("asound/card0/pcm0p/sub0"));
    Files.createDirectories(proc.resolve("4711"));
    Files.writeString(playing.resolve("status"), "state: RUNNING\nowner_pid   : 4711\n");
    var others = Files.createDirectories(proc.resolve("asound/card1/pcm0c/sub0"));
    Files.writeString(others.resolve("status"), "state: RUNNING\nowner_pid   : 4712\n");
    assertFalse(new MicrophoneInUse().now(session()));
  }

  @Test
  void a_camera_that_this_person_holds_open_is_a_call() throws IOException {
    var camera = new CameraOpen();
    var open = Files.createDirectories(proc.resolve("4711/fd"));
    Files.createSymbolicLink(open.resolve("3"), Path.of("/dev/null"));
    assertFalse(camera.now(session()));
    Files.createSymbolicLink(open.resolve("4"), Path.of("/dev/video0"));
    assertTrue(camera.now(session()));
  }

  @Test
  void without_a_display_no_full_screen_is_looked_for() {
    assertFalse(new FullScreenOnX11().now(session()));
  }
}
