//! Runs every rule through every scenario, prints the table and draws the curves.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use herd::{Panel, Row, Rule, Scenario, chart, run, table};

const HELP: &str = "\
Simulate thousands of clients that come back to a server that failed

  --clients N   how many clients (default: 10000, then 100000)
  --seed S      where chance starts (default: 1); the same seed gives the same figures
  --out DIR     where the pictures go (default: target/simulate)
  --docs DIR    also write DIR/herd.svg, and the table into DIR/herd.md
";

/// The table in the document stands between these.
const BEGIN: &str = "<!-- table: written by `cargo xtask simulate --docs docs` -->\n";
const END: &str = "<!-- end of table -->\n";

struct Options {
    clients: Vec<u32>,
    seed: u64,
    out: PathBuf,
    docs: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(options) = options(std::env::args().skip(1))? else {
        print!("{HELP}");
        return Ok(());
    };
    let rows = simulate(&options);
    let table = table(&rows);
    print!("{table}");

    fs::create_dir_all(&options.out)?;
    for &clients in &options.clients {
        for panel in panels(&rows, clients) {
            let name = format!("{}-{clients}.svg", panel.scenario.name());
            fs::write(options.out.join(name), chart(&[panel]))?;
        }
    }
    println!("\nThe curves are in {}.", options.out.display());

    if let (Some(docs), Some(&clients)) = (&options.docs, options.clients.last()) {
        fs::write(docs.join("herd.svg"), chart(&panels(&rows, clients)))?;
        write_table(&docs.join("herd.md"), &table)?;
    }
    Ok(())
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Option<Options>, Box<dyn Error>> {
    let mut options = Options {
        clients: vec![10_000, 100_000],
        seed: 1,
        out: PathBuf::from("target/simulate"),
        docs: None,
    };
    while let Some(name) = args.next() {
        if matches!(&*name, "--help" | "-h") {
            return Ok(None);
        }
        let mut value = || args.next().ok_or_else(|| format!("{name} needs a value"));
        match &*name {
            "--clients" => options.clients = vec![value()?.parse()?],
            "--seed" => options.seed = value()?.parse()?,
            "--out" => options.out = value()?.into(),
            "--docs" => options.docs = Some(value()?.into()),
            _ => return Err(format!("{name} is no option; see --help").into()),
        }
    }
    if options.clients.contains(&0) {
        return Err("--clients needs at least 1".into());
    }
    Ok(Some(options))
}

/// All runs, as many at a time as there are processors, in the order of the table.
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

/// Replaces the table in the document.
fn write_table(path: &Path, table: &str) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let parts = text.split_once(BEGIN).and_then(|(head, rest)| {
        let (_, tail) = rest.split_once(END)?;
        Some((head, tail))
    });
    let (head, tail) = parts.ok_or_else(|| format!("no table in {}", path.display()))?;
    Ok(fs::write(
        path,
        format!("{head}{BEGIN}\n{table}\n{END}{tail}"),
    )?)
}
