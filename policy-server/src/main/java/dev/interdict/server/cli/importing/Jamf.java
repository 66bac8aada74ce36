package dev.interdict.server.cli.importing;

import static dev.interdict.server.cli.importing.Members.flag;
import static dev.interdict.server.cli.importing.Members.member;
import static dev.interdict.server.cli.importing.Members.text;

import dev.interdict.json.Json;
import dev.interdict.server.cli.importing.Found.Gathering;
import dev.interdict.server.cli.importing.Found.Sketch;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Restricted Software of Jamf Pro, as its Classic API answers
/// `/JSSResource/restrictedsoftware/id/{id}` in XML or JSON. It names software by a process name
/// alone, which anybody may give to anything: what comes of it looks, and does nothing else.
final class Jamf implements Format {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+()& -]{2,100}");

  @Override
  public Found read(byte[] content) {
    var gathering = new Gathering();
    var entries = new ArrayList<Json>();
    if (Foreign.isXml(content)) {
      var root = Xml.read(content);
      if (root.name().equals("restricted_software")) {
        entries.add(root.json());
      } else {
        root.children().stream()
            .filter(child -> child.name().equals("restricted_software"))
            .forEach(child -> entries.add(child.json()));
      }
    } else {
      switch (member(Foreign.json(content), "restricted_software")) {
        case Json.Arr(var items) -> entries.addAll(items);
        case Json.Obj one -> entries.add(one);
        case null, default -> {
          // Said below.
        }
      }
    }
    if (entries.isEmpty()) {
      throw Foreign.no(
          "restricted software of Jamf", "fetch /JSSResource/restrictedsoftware/id/ID of each");
    }
    for (var i = 0; i < entries.size(); i++) {
      read(i + 1, entries.get(i), gathering);
    }
    return gathering.found();
  }

  private static void read(int number, Json entry, Gathering gathering) {
    var general = member(entry, "general");
    var process = text(general, "process_name");
    var title = text(general, "name");
    var what = "entry " + number + " " + (title.isEmpty() ? text(entry, "name") : title);
    if (process.isEmpty()) {
      gathering.leave(
          what,
          "has no process_name; the list of all names does not hold it, the entry itself does");
      return;
    }
    if (!NAME.matcher(process).matches() || process.startsWith(".")) {
      gathering.leave(what, "its process name \"" + process + "\" cannot be a file's name here");
      return;
    }
    var exact = flag(general, "match_exact_process_name");
    var app = process.endsWith(".app");
    var inside = app ? process + "/**" : process + ".app/Contents/MacOS/" + process;
    var notes = new ArrayList<String>();
    notes.add("A process name proves nothing, so this looks only. Before it does more, name the");
    notes.add("application by its bundle id: application: {macos: com.example.tool}");
    notes.add(
        "It looks at the usual place of an application of that name. Where there is none, that"
            + " does");
    notes.add("not say that the workstation has none: Jamf looks at each process that runs.");
    if (!exact) {
      notes.add("Jamf matches any name that holds it; this does not.");
    }
    if (flag(general, "kill_process") || flag(general, "delete_executable")) {
      notes.add(
          "In Jamf it "
              + (flag(general, "delete_executable") ? "deletes the file" : "ends the process")
              + ".");
    }
    if (flag(general, "send_notification") || !text(general, "display_message").isEmpty()) {
      notes.add("Jamf told: " + text(general, "display_message"));
    }
    scope(member(entry, "scope"), notes);
    gathering.add(
        new Sketch(
            title.isEmpty() ? process : title,
            List.of(
                program("system", "/Applications/" + inside),
                program("home", "Applications/" + inside)),
            "observe",
            List.of("macos"),
            notes));
  }

  private static Json.Obj program(String where, String place) {
    return Json.object().put("program", Json.object().put(where, place).build()).build();
  }

  /// Groups there are not groups here.
  private static void scope(@Nullable Json scope, List<String> notes) {
    if (!flag(scope, "all_computers")) {
      notes.add("Its scope in Jamf is not all computers and was not taken over; set scope here.");
    }
    if (member(scope, "exclusions") instanceof Json.Obj exclusions
        && exclusions.members().values().stream().anyMatch(Jamf::holds)) {
      notes.add("Jamf excludes some computers or people, which was not taken over.");
    }
  }

  private static boolean holds(Json json) {
    return switch (json) {
      case Json.Arr(var items) -> !items.isEmpty();
      case Json.Obj object -> !object.members().isEmpty();
      case Json.Text(var text) -> !text.isEmpty();
      default -> false;
    };
  }
}
