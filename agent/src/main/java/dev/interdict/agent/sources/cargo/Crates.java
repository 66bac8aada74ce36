package dev.interdict.agent.sources.cargo;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.List;

/// The record that `cargo install` keeps in the root that it installs into: `.crates2.json`, whose
/// `installs` maps `name version (source)` to what was installed.
public final class Crates {

  /// One installed crate.
  ///
  /// @param version as the record states it, checked
  /// @param origin where its source came from, in words of ours
  /// @param key under which the record lists it
  /// @param programs file names in the root's `bin`
  public record Crate(
      String key, String name, String version, String origin, List<String> programs) {}

  private static final int MAX_NAME = 64;
  private static final int MAX_PROGRAMS = 256;

  private Crates() {}

  /// The crates that the record in that root lists; none where there is no record. One that cannot
  /// be read is a gap.
  public static List<Crate> in(Places places, BytePath root) {
    var crates = new ArrayList<Crate>();
    var file = root.resolve(".crates2.json");
    try {
      for (var entry : installs(places.tree(), file).members().entrySet()) {
        try {
          crates.add(crate(file, entry.getKey(), entry.getValue()));
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
    return crates;
  }

  private static Json.Obj installs(Tree tree, BytePath file) throws UnreadableException {
    var record = Metadata.object(tree, file);
    if (record == null) {
      return Json.object().build();
    }
    if (record.get("installs") instanceof Json.Obj installs) {
      return installs;
    }
    throw Metadata.malformed(file, "lists no installed crates");
  }

  private static Crate crate(BytePath file, String key, Json value) throws UnreadableException {
    var words = key.split(" ", 3);
    if (words.length != 3 || !validName(words[0]) || !Metadata.plainVersion(words[1])) {
      throw Metadata.malformed(file, "holds a crate without a valid name and version");
    }
    var programs = new ArrayList<String>();
    if (value instanceof Json.Obj install && install.get("bins") instanceof Json.Arr(var bins)) {
      for (var bin : bins) {
        if (bin instanceof Json.Text(var name) && usable(name) && programs.size() < MAX_PROGRAMS) {
          programs.add(name);
        }
      }
    }
    return new Crate(key, words[0], words[1], origin(words[2]), List.copyOf(programs));
  }

  private static String origin(String source) {
    if (source.startsWith("(registry+") || source.startsWith("(sparse+")) {
      return "from a registry";
    }
    return source.startsWith("(git+") ? "from a git repository" : "from a folder of its user";
  }

  /// The rule of cargo: letters, digits, `-` and `_`, a letter first.
  private static boolean validName(String name) {
    return name.length() <= MAX_NAME && name.matches("[A-Za-z][A-Za-z0-9_-]*");
  }

  private static boolean usable(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && !name.startsWith(".")
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != '\\');
  }
}
