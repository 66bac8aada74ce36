package dev.interdict.agent.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the guard's pipe and socket bring to the process that shows a notice.
class NoticeFuzzTest {
  private static byte[] bytes(Notice notice) {
    return JsonWriter.compact(NoticeJson.write(notice));
  }

  @Test
  void notices() throws InterruptedException {
    var person = Samples.recipient(1000, Language.ZH_CN);
    Fuzz.of("notice")
        .seeds(
            Samples.phases().stream()
                .map(phase -> bytes(Notice.of("n", person, List.of(Samples.matter("one", phase)))))
                .toArray(byte[][]::new))
        .seeds(bytes(Notice.of("n", person, Samples.matters(3))))
        .words("https://", "observe", "[Asia/Shanghai]", "2026-07-10T00:00Z", "last-hour")
        .refuses(JsonException.class)
        .run(input -> {
          var read = NoticeJson.read(input);
          assertEquals(read, NoticeJson.read(bytes(read)));
        });
  }
}
