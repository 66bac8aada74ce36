package dev.interdict.agent.platform.linux.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.notice.Notice;
import dev.interdict.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerTest {

  @Test
  void every_answer_reads_back() throws JsonException {
    for (var answer :
        List.of(
            new Answer.Shown(new Popup.Handle("0123abc:1.7", Popup.Handle.MOST)),
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
            "{\"answer\":\"shown\"}",
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
  void every_message_reads_back() throws JsonException {
    var bus = Path.of("/run/user/1000/bus");
    for (var popup :
        List.of(
            new Popup(bus, Notice.Urgency.LOW, "标题", "正文", null),
            new Popup(bus, Notice.Urgency.CRITICAL, "a", "b", new Popup.Handle("x:1.1", 5)))) {
      var read = Popup.read(popup.bytes());
      assertEquals(popup, read);
    }
  }

  @Test
  void what_is_no_message_is_refused() {
    for (var text :
        List.of(
            "{}",
            "{\"bus\":\"bus\",\"urgency\":\"low\",\"title\":\"a\",\"body\":\"b\"}",
            "{\"bus\":\"/b\",\"urgency\":\"loud\",\"title\":\"a\",\"body\":\"b\"}",
            "{\"bus\":\"/b\",\"urgency\":\"low\",\"title\":\"a\",\"body\":\"b\",\"run\":\"x\"}")) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThrows(JsonException.class, () -> Popup.read(bytes), text);
    }
  }
}
