package dev.interdict.agent.platform.linux.privilege;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files that a command line of Java loads its program from.
final class JavaProgram {
  private static final String NATIVE = "-Djna.boot.library.path=";

  private JavaProgram() {}

  /// Its `java`, everything on its class path, and the native library's folder's content where one
  /// is named.
  static List<Path> files(List<String> line) {
    var files = new ArrayList<Path>();
    files.add(Path.of(line.getFirst()));
    var at = line.indexOf("-cp");
    if (at >= 0) {
      Stream.of(line.get(at + 1).split(File.pathSeparator)).map(Path::of).forEach(files::add);
    }
    line.stream()
        .filter(argument -> argument.startsWith(NATIVE))
        .map(argument -> Path.of(argument.substring(NATIVE.length()), "libjnidispatch.so"))
        .forEach(files::add);
    return files;
  }
}
