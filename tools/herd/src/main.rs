//! Runs every rule in every scenario, prints the table and draws the curves.

use std::{
    fs, io,
    path::PathBuf,
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use clap::Parser;
use herd::{Panel, Row, Rule, Scenario, chart, run, table};

/// Simulate thousands of clients that come back to a server that failed
#[derive(Parser)]
#[command(name = "herd", args_override_self = true)]
struct Options {
    /// How many clients
    #[arg(long, value_name = "N", default_values_t = [10_000, 100_000], num_args = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    clients: Vec<u32>,
    /// Where chance starts; the same seed gives the same figures
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Where the table and the pictures go
    #[arg(long, value_name = "DIR", default_value = "target/simulate")]
    out: PathBuf,
}

fn main() -> io::Result<ExitCode> {
    let options = Options::parse();
    let rows = simulate(&options);
    let table = table(&rows);
    print!("{table}");

    let out = |name: &str| options.out.join(name);
    fs::create_dir_all(&options.out)?;
    fs::write(out("table.md"), table)?;
    for &clients in &options.clients {
        let panels = panels(&rows, clients);
        // One chart of all scenarios, for the largest number of clients.
        fs::write(out("herd.svg"), chart(&panels))?;
        for panel in panels {
            let name = format!("{}-{clients}.svg", panel.scenario.name());
            fs::write(out(&name), chart(&[panel]))?;
        }
    }
    println!("\nThe curves are in {}.", options.out.display());
    if rows.iter().any(|row| row.outcome.missing > 0) {
        eprintln!("Some clients never came back.");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// All runs, one per processor at a time; returned in the order of the table.
fn simulate(options: &Options) -> Vec<Row> {
    let mut jobs = Vec::new();
    for &clients in &options.clients {
        for scenario in Scenario::ALL {
            jobs.extend(Rule::ALL.map(|rule| (clients, scenario, rule)));
        }
    }
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(&(clients, scenario, rule)) = jobs.get(next.fetch_add(1, Ordering::Relaxed))
        {
            let outcome = run(rule, scenario, clients, options.seed);
            eprintln!("{clients} clients, {}, {}", scenario.name(), rule.name());
            let row = Row {
                clients,
                scenario,
                rule,
                outcome,
            };
            done.lock().expect("no run panicked").push(row);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut rows = done.into_inner().expect("no run panicked");
    rows.sort_by_key(|row| {
        let job = (row.clients, row.scenario, row.rule);
        jobs.iter().position(|other| *other == job)
    });
    rows
}

fn panels(rows: &[Row], clients: u32) -> Vec<Panel<'_>> {
    let panel = |scenario| Panel {
        clients,
        scenario,
        outcomes: rows
            .iter()
            .filter(|row| row.clients == clients && row.scenario == scenario)
            .map(|row| (row.rule, &row.outcome))
            .collect(),
    };
    Scenario::ALL.map(panel).into()
}
