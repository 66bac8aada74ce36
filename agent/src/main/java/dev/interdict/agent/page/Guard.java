package dev.interdict.agent.page;

import dev.interdict.json.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the guard a question, as the person. Seam.
@FunctionalInterface
interface Guard {
  /// @throws dev.interdict.agent.pipe.RefusedByGuardException where it refuses
  /// @throws IOException where it does not answer
  Json.Obj ask(String verb, @Nullable String about, Map<String, String> with) throws IOException;
}
