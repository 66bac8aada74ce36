package dev.interdict.server.cli.setup;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.draft.LintCode;
import dev.interdict.server.draft.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings as people and programs wrote them: `server.yaml`, and over it the files
/// `server.d/*.yaml` by their names, each of whose members takes the place of the whole one before
/// it. So whatever keeps settings as given (Ansible) has a file of its own.
///
/// @param origin which file has the last word on a member
record SettingsFiles(YamlFile main, Json.Obj json, Map<String, YamlFile> origin) {
  /// What `init` and `restore` write into `server.yaml`: another word on it would have a server
  /// that was restored go on with the database from before.
  private static final String DATABASE = "database";

  /// Reads them.
  ///
  /// @throws Failure if one cannot be understood, with its name and the place in it
  static SettingsFiles read(ServerFolder folder) throws IOException {
    var main = file(folder.settings());
    if (!(main.json() instanceof Json.Obj(var members))) {
      throw new Failure(Exit.USAGE, folder.settings() + " must hold members, such as url: ...");
    }
    var all = new LinkedHashMap<String, Json>(members);
    var origin = new LinkedHashMap<String, YamlFile>();
    for (var path : DroppedFiles.of(folder)) {
      var file = file(path);
      if (!(file.json() instanceof Json.Obj(var over))) {
        throw new Failure(Exit.USAGE, path + " must hold members, as server.yaml does");
      }
      if (over.containsKey(DATABASE)) {
        throw new Failure(Exit.USAGE, path + ": " + DATABASE + " stands in server.yaml alone");
      }
      over.forEach((name, value) -> {
        all.put(name, value);
        origin.put(name, file);
      });
    }
    return new SettingsFiles(main, new Json.Obj(all), origin);
  }

  private static YamlFile file(Path path) throws IOException {
    return switch (YamlFile.read(path.toString(), Files.readAllBytes(path))) {
      case YamlFile.Reading.Read(var read) -> read;
      case YamlFile.Reading.Malformed(var finding) -> throw refused(finding);
    };
  }

  /// That something in one of them is wrong.
  Failure refused(Fault fault) {
    var pointer = fault.pointer();
    var member = pointer.isEmpty() ? "" : pointer.substring(1).replaceFirst("/.*", "");
    var file = origin.getOrDefault(member, main);
    var message = (pointer + ": " + fault.message()).substring(pointer.isEmpty() ? 2 : 1);
    return refused(new Finding(file.name(), file.places().of(pointer), LintCode.R008, message));
  }

  private static Failure refused(Finding finding) {
    return new Failure(Exit.USAGE, finding.file() + ":" + finding.at() + ": " + finding.message());
  }
}
