package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.sources.reading.Ini;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.TextFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What units of one folder start: a service by its `ExecStart=` lines, a timer, socket or path by
/// the service that it triggers (systemd.timer(5) and the others: `Unit=`, else the same name).
///
/// Does not see: drop-ins, and what a unit of another folder of the same user adds.
final class UnitFile {
  private static final String SERVICE = ".service";

  private final Places places;
  private final BytePath folder;
  private final Map<String, List<Ini.Section>> read = new LinkedHashMap<>();

  UnitFile(Places places, BytePath folder) {
    this.places = places;
    this.folder = folder;
  }

  /// The files that a unit starts; empty where one of them cannot be told, or lies outside of the
  /// home.
  List<BytePath> starts(String unit) {
    var service = unit.endsWith(SERVICE) ? unit : triggered(unit);
    var files = new ArrayList<BytePath>();
    for (var section : sections(service)) {
      if (section.name().equals("Service")) {
        for (var line : section.get("execstart").lines().toList()) {
          var file = Started.by(Started.unit(line, places.within()), places);
          if (line.isBlank()) {
            files.clear();
          } else if (file == null) {
            return List.of();
          } else {
            files.add(file);
          }
        }
      }
    }
    return files;
  }

  private String triggered(String unit) {
    for (var section : sections(unit)) {
      var named = section.get("unit");
      if (!section.name().equals("Unit") && !named.isEmpty()) {
        return named;
      }
    }
    var dot = unit.lastIndexOf('.');
    return (dot < 0 ? unit : unit.substring(0, dot)) + SERVICE;
  }

  private List<Ini.Section> sections(String unit) {
    if (unit.isEmpty() || unit.indexOf('/') >= 0 || unit.indexOf('\n') >= 0) {
      return List.of();
    }
    return read.computeIfAbsent(
        unit,
        name -> {
          var text = TextFiles.text(places, folder.resolve(name));
          return text == null ? List.of() : Ini.read(text, false);
        });
  }
}
