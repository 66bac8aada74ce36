package dev.interdict.agent.sources.shell;

import java.util.List;
import java.util.Set;

/// How a start-up file is written, as far as its statements matter here.
///
/// Files are read and never run: what a file sets under a condition or in a function counts as set,
/// what another command prints and a shell evaluates is not seen, a file that it sources is seen
/// only if it is in the list itself, and a variable that is unset further down still counts.
public enum Language {
  /// POSIX shells, bash, zsh and ksh; `.envrc`.
  SH,
  /// csh and tcsh: `setenv NAME value`.
  CSH,
  /// fish: `set -x NAME value`.
  FISH,
  /// fish's own file of universal variables: `SETUVAR --export NAME:value`.
  FISH_VARIABLES,
  /// PowerShell: `$env:NAME = 'value'`.
  POWERSHELL,
  /// `NAME=value`, one to a line: environment.d(5), `.env`, and pam_env(8)'s `NAME DEFAULT=value`.
  ASSIGNMENTS;

  /// What `text` says, in its order.
  ///
  /// @param valuesOf the variables whose values are asked for
  public List<Statement> statements(String text, Set<String> valuesOf) {
    return switch (this) {
      case SH, CSH, FISH -> new ShellStatements(this, valuesOf).of(text);
      case POWERSHELL -> new PowerShellStatements(valuesOf).of(text);
      case FISH_VARIABLES, ASSIGNMENTS -> new Assignments(this, valuesOf).of(text);
    };
  }
}
