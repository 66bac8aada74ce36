package dev.interdict.agent.cli;

/// Where the program starts. It tells the roles apart before anything else is loaded, so that the
/// resident guard never carries the classes that only commands for people need.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Commands.run(arguments));
  }
}
