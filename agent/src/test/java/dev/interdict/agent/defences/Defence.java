package dev.interdict.agent.defences;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Something that keeps harm away, how the code reads without it, and which tests fail then.
///
/// @param area which list it is in
/// @param threats numbers of the threat model, or none
/// @param edits of several, each holds by itself: only without all of them does a test fail
/// @param tests each of which must fail
record Defence(
    String area, List<String> threats, String name, List<Edit> edits, List<TestName> tests) {
  Defence {
    threats = List.copyOf(threats);
    edits = List.copyOf(edits);
    tests = List.copyOf(tests);
  }

  /// A test method, or all those of a class.
  ///
  /// @param method empty for all
  record TestName(String type, String method) {
    static TestName parse(String text) {
      var parts = text.split("#", -1);
      return new TestName(parts[0], parts.length > 1 ? parts[1] : "");
    }

    @Override
    public String toString() {
      return method.isEmpty() ? type : type + "#" + method;
    }
  }

  /// The sources without it, by class.
  ///
  /// @param project the folder with the modules
  Map<String, String> without(Path project) throws IOException {
    var sources = new LinkedHashMap<String, String>();
    for (var edit : edits) {
      var before = sources.get(edit.type());
      sources.put(edit.type(), edit.apply(before == null ? edit.read(project) : before));
    }
    return sources;
  }
}
