package dev.interdict.server.cli.keys;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.keys.Passphrase;
import dev.interdict.server.keys.PassphraseFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a passphrase or PIN comes from: a file, an environment variable, else the person at the
/// terminal. Never an argument, since every user of the machine can read those.
public final class PassphraseOptions {
  /// What scripts set.
  static final String VARIABLE = "INTERDICT_PASSPHRASE";

  /// The least that a new key is protected with.
  static final int SHORTEST = 12;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "Take the passphrase (or PIN) from the first line of a file that only you read.")
  private @Nullable Path file;

  @Option(
      names = "--passphrase-env",
      paramLabel = "NAME",
      description =
          "Take it from this environment variable. Without either it comes from "
              + VARIABLE
              + ", else you are asked.")
  private @Nullable String variable;

  @Option(
      names = {"--passphrase", "--password", "--pin"},
      arity = "0..1",
      fallbackValue = "",
      hidden = true)
  private @Nullable String typed;

  /// What opens a key that is there.
  public Passphrase existing(Console console) {
    check();
    return what -> {
      var given = given(console);
      return given == null ? ask(console, "Passphrase of " + what) : given;
    };
  }

  /// What a new key is put under: long enough, and typed twice where it is typed.
  public Passphrase chosen(Console console) {
    check();
    return what -> {
      var given = given(console);
      if (given != null) {
        return longEnough(given);
      }
      var first = longEnough(ask(console, "New passphrase for " + what));
      var second = ask(console, "The same again");
      var same = Arrays.equals(first, second);
      Arrays.fill(second, '\0');
      if (!same) {
        Arrays.fill(first, '\0');
        throw new Failure(Exit.USAGE, "the two passphrases differ; nothing was made");
      }
      return first;
    };
  }

  /// The value is in the shell's history and in the process list by now; it must not be in a log as
  /// well, so it is never repeated.
  void check() {
    if (typed != null) {
      throw new Failure(
          Exit.USAGE,
          "a passphrase is never an argument, since every user of this machine can read it there;"
              + " use --passphrase-file, "
              + VARIABLE
              + " or the prompt, and take another passphrase if this was one");
    }
  }

  private char @Nullable [] given(Console console) throws IOException {
    if (file != null && variable != null) {
      throw new Failure(Exit.USAGE, "give --passphrase-file or --passphrase-env, not both");
    }
    if (file != null) {
      return PassphraseFile.read(file);
    }
    var value = console.passphrases().variable(variable == null ? VARIABLE : variable);
    if (value != null && !value.isEmpty()) {
      return value.toCharArray();
    }
    if (variable != null) {
      throw new Failure(Exit.USAGE, "the environment variable " + variable + " is not set");
    }
    return null;
  }

  private static char[] ask(Console console, String question) {
    var typed = console.passphrases().ask(question);
    if (typed == null) {
      throw new Failure(
          Exit.USAGE,
          "there is no terminal to ask for a passphrase at; use --passphrase-file or set "
              + VARIABLE);
    }
    return typed;
  }

  private static char[] longEnough(char[] passphrase) {
    if (passphrase.length < SHORTEST) {
      Arrays.fill(passphrase, '\0');
      throw new Failure(
          Exit.USAGE,
          "a passphrase for a key has " + SHORTEST + " characters or more; nothing was made");
    }
    return passphrase;
  }
}
