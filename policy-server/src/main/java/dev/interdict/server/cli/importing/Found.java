package dev.interdict.server.cli.importing;

import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.List;

/// What an export holds.
record Found(List<Sketch> sketches, List<Left> left) {
  public Found {
    sketches = List.copyOf(sketches);
    left = List.copyOf(left);
  }

  /// A rule that says what the export says.
  ///
  /// @param name of what is banned, as the export calls it
  /// @param match matchers as rule files have them
  /// @param enforcement as rule files have it
  /// @param os names of systems; empty for all
  /// @param notes what whoever reviews it has to know
  record Sketch(
      String name, List<Json.Obj> match, String enforcement, List<String> os, List<String> notes) {
    public Sketch {
      match = List.copyOf(match);
      os = List.copyOf(os);
      notes = List.copyOf(notes);
    }
  }

  /// Something that was not translated.
  record Left(String what, String why) {}

  /// Gathers both. Not thread-safe.
  static final class Gathering {
    private final List<Sketch> sketches = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();

    void add(Sketch sketch) {
      sketches.add(sketch);
    }

    void leave(String what, String why) {
      left.add(new Left(what, why));
    }

    Found found() {
      return new Found(sketches, left);
    }
  }
}
