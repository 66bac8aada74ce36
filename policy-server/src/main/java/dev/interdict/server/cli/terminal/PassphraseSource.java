package dev.interdict.server.cli.terminal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the person or the script that runs a command may give a passphrase or an answer, so that a
/// test can be either. Never the arguments: every user of the machine sees those.
public interface PassphraseSource {

  /// No terminal, and an empty environment.
  PassphraseSource NONE =
      new PassphraseSource() {
        @Override
        public @Nullable String variable(String name) {
          return null;
        }

        @Override
        public char @Nullable [] ask(String question) {
          return null;
        }
      };

  /// How often a passphrase that is chosen here is hashed before a key is encrypted under it, in
  /// iterations of PBKDF2 with HMAC-SHA-256: OWASP's figure. Fewer only where it guards nothing.
  default int iterations() {
    return 600_000;
  }

  /// The environment variable, or null where it is not set.
  @Nullable String variable(String name);

  /// What the person at the terminal types, which is not shown; null where nobody can be asked. The
  /// caller wipes it.
  char @Nullable [] ask(String question);

  /// What the person at the terminal answers in plain sight; null where nobody can be asked.
  default @Nullable String answer(String question) {
    return null;
  }

  /// The real one.
  static PassphraseSource system(Map<String, String> environment) {
    return new PassphraseSource() {
      @Override
      public @Nullable String variable(String name) {
        return environment.get(name);
      }

      @Override
      public char @Nullable [] ask(String question) {
        var terminal = System.console();
        return terminal == null || !terminal.isTerminal()
            ? null
            : terminal.readPassword("%s: ", question);
      }

      @Override
      public @Nullable String answer(String question) {
        var terminal = System.console();
        return terminal == null || !terminal.isTerminal()
            ? null
            : terminal.readLine("%s ", question);
      }
    };
  }
}
