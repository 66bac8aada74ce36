package dev.interdict.agent.sources.use;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.shell.StartupFile;
import dev.interdict.agent.sources.shell.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tells which of the variables that matter a file sets, and which models they name. Values of all
/// others are never asked for.
record Variables(@Nullable Home owner, Places places, @Nullable String origin) {
  private static final String ADDRESS = "ANTHROPIC_BASE_URL";

  /// The tool that takes its model from each of these.
  private static final Map<String, String> TOOLS = tools();

  private static final Set<String> ASKED = asked();

  private static Map<String, String> tools() {
    var tools = new TreeMap<String, String>();
    ModelFile.CLAUDE_VARIABLES.forEach(name -> tools.put(name, "claude-code"));
    for (var name : List.of("AIDER_MODEL", "AIDER_WEAK_MODEL", "AIDER_EDITOR_MODEL")) {
      tools.put(name, "aider");
    }
    tools.put("GEMINI_MODEL", "gemini");
    tools.put("GOOSE_MODEL", "goose");
    return Map.copyOf(tools);
  }

  private static Set<String> asked() {
    var asked = new LinkedHashSet<>(TOOLS.keySet());
    asked.add(ADDRESS);
    return Set.copyOf(asked);
  }

  /// Looks at a file that a shell or a session reads.
  void look(StartupFile file) {
    var names = new LinkedHashSet<String>();
    var values = new TreeMap<String, String>();
    for (var statement : file.statements(places, ASKED)) {
      if (statement instanceof Statement.Sets(var name, var value) && AiVariables.known(name)) {
        names.add(name);
        if (value != null) {
          values.put(name, value);
        }
      }
    }
    tell(file.path(), names);
    models(file.path(), values);
  }

  /// Tells of those names that matter.
  void tell(BytePath file, Iterable<String> names) {
    for (var name : names) {
      if (AiVariables.known(name)) {
        item(file, new Identity.OfVariable(name));
      }
    }
  }

  private void models(BytePath file, Map<String, String> values) {
    var address = values.get(ADDRESS);
    var foreign = address != null && Endpoint.foreign(List.of(address));
    var told = new LinkedHashSet<Identity>();
    TOOLS.forEach((name, tool) -> {
      var value = values.get(name);
      var model = value == null ? null : ModelName.canonical(value);
      var alias = value != null && ModelName.isAlias(value);
      if (model != null && !(alias && foreign && tool.equals("claude-code"))) {
        told.add(new Identity.OfModel(tool, model));
      }
    });
    told.forEach(identity -> item(file, identity));
  }

  private void item(BytePath file, Identity identity) {
    places.out().item(new Item("environment", identity, null, owner, file, List.of(), origin));
  }
}
