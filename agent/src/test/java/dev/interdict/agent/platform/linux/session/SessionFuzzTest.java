package dev.interdict.agent.platform.linux.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.notice.Notice;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Both ends of the pipe to the worker that runs as the person whose session it is.
class SessionFuzzTest {
  private static final Popup.Handle HANDLE = new Popup.Handle("ab12:1.7", 42);

  @Test
  void what_the_worker_answers() throws InterruptedException {
    Fuzz.of("notice-answer")
        .seeds(new Answer.Shown(HANDLE).bytes(), new Answer.NoSession().bytes())
        .refuses(JsonException.class)
        .run(input -> {
          var read = Answer.read(input);
          assertArrayEquals(read.bytes(), Answer.read(read.bytes()).bytes());
        });
  }

  @Test
  void what_the_guard_asks() throws InterruptedException {
    var popup =
        new Popup(Path.of("/run/user/1000/bus"), Notice.Urgency.CRITICAL, "title", "body", HANDLE);
    Fuzz.of("notice-popup")
        .seeds(popup.bytes())
        .refuses(JsonException.class)
        .run(input -> {
          var read = Popup.read(input);
          assertEquals(read, Popup.read(read.bytes()));
        });
  }
}
