package dev.interdict.agent.platform.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Samples;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Language;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerTest {

  @Test
  void every_answer_reads_back() throws JsonException {
    for (var answer :
        List.of(
            new Answer.Shown(new Handle("0123abc:1.7", 0xFFFF_FFFFL)),
            new Answer.Shown(null),
            new Answer.Text(List.of("-- Interdict --", "标题")),
            new Answer.DoNotDisturb(Receipt.Wish.FULL_SCREEN),
            new Answer.NoSession(),
            new Answer.TimeLimit(),
            new Answer.SessionError())) {
      assertEquals(answer, Answer.read(answer.bytes()));
    }
  }

  @Test
  void whatever_else_a_worker_says_is_no_answer() {
    var hostile =
        List.of(
            "",
            "shown",
            "{}",
            "{\"answer\":\"fine\"}",
            "{\"answer\":\"text\"}",
            "{\"answer\":\"do-not-disturb\",\"wish\":\"sleep\"}",
            "{\"answer\":\"do-not-disturb\"}",
            "{\"answer\":\"shown\",\"handle\":{\"service\":\"a\",\"id\":0}}",
            "{\"answer\":\"shown\",\"handle\":{\"service\":\"a\",\"id\":4294967296}}",
            "{\"answer\":\"shown\",\"handle\":{\"service\":\"\\u001b[2J\",\"id\":1}}",
            "{\"answer\":\"no-session\",\"reason\":\"because\"}",
            "{\"answer\":\"no-session\"} {}",
            "{\"answer\":\"" + "x".repeat(Answer.MOST_BYTES) + "\"}",
            "[".repeat(500));
    for (var text : hostile) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThrows(JsonException.class, () -> Answer.read(bytes), text);
    }
  }

  @Test
  void every_errand_reads_back() throws JsonException {
    var guard = Path.of("/run/interdict-agent/agent.sock");
    var notice =
        Samples.notice(
            Samples.rule(),
            new Phase.Announced(Samples.MIDNIGHT),
            Samples.recipient(1000, Language.ZH_CN));
    for (var errand :
        List.of(
            new Errand(Errand.Way.TEXT, guard, null, List.of(), notice),
            new Errand(
                Errand.Way.DESKTOP,
                guard,
                Path.of("/run/user/1000/bus"),
                List.of(new Handle("x:1.1", 5), new Handle("x:1.1", 6)),
                notice))) {
      assertEquals(errand, Errand.read(errand.bytes()));
    }
  }

  @Test
  void whatever_else_is_asked_is_no_errand() {
    var notice = "{\"id\":\"n\"}";
    var hostile =
        List.of(
            "",
            "{}",
            "{\"way\":\"text\",\"guard\":\"relative\",\"replaces\":[],\"notice\":" + notice + "}",
            "{\"way\":\"shout\",\"guard\":\"/s\",\"replaces\":[],\"notice\":" + notice + "}",
            "{\"way\":\"text\",\"guard\":\"/s\",\"replaces\":[],\"notice\":" + notice + "}",
            "{\"way\":\"text\",\"guard\":\"/s\",\"replaces\":[]}");
    for (var text : hostile) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThrows(JsonException.class, () -> Errand.read(bytes), text);
    }
  }
}
