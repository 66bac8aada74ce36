/// Agents and a server together, for weeks of simulated time in seconds: the real guard on each of
/// a few workstations, the real database, signing, publishing and intake behind them, and
/// everything else drawn from one seed. What comes in: a seed; what goes out: its story and what
/// was not as it must be.
@NullMarked
package dev.interdict.simulation;

import org.jspecify.annotations.NullMarked;
