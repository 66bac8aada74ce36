package dev.interdict.server.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.Fault;
import dev.interdict.server.draft.YamlFile;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class EntryFuzzTest {
  @Test
  void an_entry_is_read_whole_or_not_at_all() throws Exception {
    Fuzz.of("risk-entry")
        .seeds(
            """
            id: anthropic
            name: Everything of Anthropic
            risk: high
            summary: Alleged backdoor risk.
            evidence: [https://example.com/report]
            reviewers: [Information security]
            review: 2026-12-31
            """)
        .words("critical", "http://", "2026-02-30", "- ", "id:")
        .run(input -> {
          if (YamlFile.read("risk.yaml", input) instanceof YamlFile.Reading.Read(var file)) {
            var faults = new ArrayList<Fault>();
            var entry = Entry.read(file.json(), faults);
            if (faults.isEmpty()) {
              // What is written down is what is read back.
              assertEquals(entry, Entry.read(entry.json(), faults));
              assertEquals(0, faults.size());
            }
          }
        });
  }
}
