package dev.interdict.agent.platform.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Samples;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Language;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Both ends of the pipe to the worker that runs as the person whose session it is.
class SessionFuzzTest {
  private static final Handle HANDLE = new Handle("ab12:1.7", 42);

  @Test
  void what_the_worker_answers() throws InterruptedException {
    Fuzz.of("notice-answer")
        .seeds(
            new Answer.Shown(HANDLE).bytes(),
            new Answer.Text(List.of("-- Interdict --", "标题")).bytes(),
            new Answer.DoNotDisturb(Receipt.Wish.CALL).bytes())
        .refuses(JsonException.class)
        .run(input -> {
          var read = Answer.read(input);
          assertArrayEquals(read.bytes(), Answer.read(read.bytes()).bytes());
        });
  }

  @Test
  void what_the_guard_asks() throws InterruptedException {
    var errand =
        new Errand(
            Errand.Way.DESKTOP,
            Path.of("/run/interdict-agent/agent.sock"),
            Path.of("/run/user/1000/bus"),
            List.of(HANDLE),
            Samples.notice(
                Samples.rule(),
                new Phase.Announced(Samples.MIDNIGHT),
                Samples.recipient(1000, Language.EN)));
    Fuzz.of("notice-errand")
        .seeds(errand.bytes())
        .refuses(JsonException.class)
        .run(input -> {
          var read = Errand.read(input);
          assertEquals(read, Errand.read(read.bytes()));
        });
  }
}
