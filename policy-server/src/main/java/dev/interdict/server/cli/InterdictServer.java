package dev.interdict.server.cli;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;

/// Entry point of `interdict-server`.
public final class InterdictServer {
  private InterdictServer() {}

  public static void main(String[] arguments) {
    Exit.leave(Programs.server(Console.system(System.getenv()), arguments));
  }
}
