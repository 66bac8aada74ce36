package dev.interdict.demo.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The distribution folder, whose programs the demo runs as a person would.
public record Dist(Path folder) {

  /// @throws DemoException if there is none
  public static Dist of(Path folder) throws DemoException {
    if (!Files.isExecutable(folder.resolve("bin/interdict"))) {
      throw new DemoException(
          "there is no distribution in " + folder + "; start the demo with: mvn -Pdemo");
    }
    return new Dist(folder);
  }

  public List<String> command(String program, String... arguments) {
    var command = new ArrayList<String>();
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
