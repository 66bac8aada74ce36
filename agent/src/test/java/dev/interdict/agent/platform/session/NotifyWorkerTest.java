package dev.interdict.agent.platform.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Recipient;
import dev.interdict.agent.pipe.Frames;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotifyWorkerTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static Errand errand() {
    var date = ZonedDateTime.of(2026, 7, 10, 0, 0, 0, 0, UTC);
    var matter =
        new Matter(
            new RuleId("claude-code"),
            "Claude Code",
            "",
            "",
            Enforcement.REMOVE,
            new Phase.Announced(date));
    var home = new Home("lin.wei", 1001, BytePath.parse("/home/lin.wei"));
    var notice = Notice.of("n-1", new Recipient(home, Language.EN, UTC), List.of(matter));
    return new Errand(Errand.Way.DESKTOP, Path.of("/guard"), null, List.of(), notice);
  }

  @Test
  void a_worker_stops_hearing_in_time_to_take_its_buttons_away_before_it_is_killed()
      throws Exception {
    var heard = new ArrayList<Duration>();
    var screen =
        new Screen() {
          @Override
          public Answer show() {
            return new Answer.Shown(null);
          }

          @Override
          public void attend(Duration life) {
            heard.add(life);
          }
        };
    var in = new ByteArrayOutputStream();
    Frames.write(in, errand().bytes());
    var before = System.out;
    try {
      var code =
          NotifyWorker.run(
              new ByteArrayInputStream(in.toByteArray()),
              new PrintStream(new ByteArrayOutputStream()),
              Duration.ofSeconds(60),
              _ -> screen);
      assertEquals(0, code);
    } finally {
      System.setOut(before);
    }
    assertTrue(heard.getFirst().compareTo(Workers.LIFE.minusSeconds(30)) <= 0, heard.toString());
  }
}
