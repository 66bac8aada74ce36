package dev.interdict.agent.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxFuzzTest {
  @TempDir Path folder;

  @Test
  void the_note_of_the_last_report_is_read_or_said_to_be_damaged() throws Exception {
    var outbox = Outbox.open(folder);
    outbox.add((_, _) -> "{}".getBytes(StandardCharsets.UTF_8));
    outbox.delivered(1);
    var last = folder.resolve("last");
    Fuzz.of("outbox")
        .seeds(Files.readAllBytes(last))
        .refuses(IOException.class)
        .run(input -> {
          Files.write(last, input);
          assertTrue(Outbox.open(folder).sequence() >= 1, "began again, which looks like a clone");
        });
  }
}
