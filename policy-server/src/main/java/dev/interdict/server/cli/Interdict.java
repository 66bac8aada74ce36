package dev.interdict.server.cli;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;

/// Entry point of `interdict`.
public final class Interdict {
  private Interdict() {}

  public static void main(String[] arguments) {
    Exit.leave(Programs.admin(Console.system(System.getenv()), arguments));
  }
}
