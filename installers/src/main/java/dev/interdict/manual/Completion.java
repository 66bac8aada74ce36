package dev.interdict.manual;

import dev.interdict.server.cli.completion.FishScript;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/// The files by which shells complete a program's commands and options.
final class Completion {
  private static final String BASH = "usr/share/bash-completion/completions/";

  private Completion() {}

  /// The files, by where they lie below `/`.
  ///
  /// @param zsh where this system's zsh looks for functions, such as
  ///   `usr/share/zsh/vendor-completions`
  static Map<String, String> of(CommandSpec program, String zsh) {
    var name = program.name();
    return Map.of(
        BASH + name,
        AutoComplete.bash(name, program.commandLine()),
        "usr/share/fish/vendor_completions.d/" + name + ".fish",
        FishScript.of(program),
        zsh + "/_" + name,
        zsh(name));
  }

  /// zsh reads what bash reads, the first time that the program is completed. One word of bash's it
  /// does not know; it asks for nothing but looks.
  private static String zsh(String name) {
    return """
    #compdef %1$s
    autoload -Uz bashcompinit && bashcompinit
    (( $+functions[compopt] )) || compopt() { : }
    source /%2$s%1$s
    _bash_complete -o default -F _complete_%3$s
    """
        .formatted(name, BASH, name);
  }
}
