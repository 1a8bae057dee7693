//! Debian's packages. They are unpacked into a folder of this project, without root and without
//! changing the system; apt's lists are also fetched into a folder of the project. Only a browser
//! is installed in the system, and only by root.

use crate::process::{self, Job};
use crate::project;
use crate::tools::found::{is_root, on_path};
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Finds and fetches packages with a private copy of apt's lists.
pub struct Apt {
    folder: PathBuf,
}

impl Apt {
    /// Fetches the lists into `folder`.
    pub fn update(folder: &Path, name: &str) -> Result<Self> {
        for program in ["apt-get", "apt-cache", "dpkg"] {
            if on_path(program).is_none() {
                bail!("there is no {program} on this system");
            }
        }
        for part in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(part))?;
        }
        let apt = Self {
            folder: folder.to_owned(),
        };
        let job = Job::new(name, "`apt-get update` into a folder of this project", 15);
        job.run(apt.command("apt-get").arg("update"))?;
        Ok(apt)
    }

    /// The version that would be installed.
    pub fn candidate(&self, package: &str) -> Option<String> {
        let policy = process::run(self.command("apt-cache").args(["policy", package])).ok()?;
        candidate(&policy).map(str::to_owned)
    }

    /// The first dependency of `package` whose name starts like this.
    pub fn dependency(&self, package: &str, beginning: &str) -> Result<String> {
        let depends = process::run(self.command("apt-cache").args(["depends", package]))?;
        dependency(&depends, beginning)
            .map(str::to_owned)
            .with_context(|| format!("{package} depends on no {beginning}"))
    }

    /// The packages that an installation of `package` would add to this system.
    pub fn missing_for(&self, package: &str) -> Result<Vec<String>> {
        let mut simulate = self.command("apt-get");
        simulate.args(["-s", "install", "--no-install-recommends", package]);
        let plan = process::run(&mut simulate)?;
        Ok(planned(&plan).map(str::to_owned).collect())
    }

    /// Downloads packages and unpacks them below `root`.
    pub fn unpack(&self, job: &Job<'_>, packages: &[String], root: &Path) -> Result<()> {
        let archives = self.folder.join("packages");
        project::remove(&archives);
        fs::create_dir_all(&archives)?;
        fs::create_dir_all(root)?;
        let mut download = self.command("apt-get");
        download.arg("download").args(packages);
        job.run(download.current_dir(&archives))?;
        for entry in fs::read_dir(&archives)?.flatten() {
            process::run(Command::new("dpkg").arg("-x").arg(entry.path()).arg(root))?;
        }
        Ok(())
    }

    /// Removes the lists and the downloaded packages.
    pub fn clean_up(self) {
        project::remove(&self.folder);
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let option = |name: &str, folder: &str| {
            let path = self.folder.join(folder);
            format!("{name}={}", path.display())
        };
        command
            .args(["-o", &option("Dir::State::Lists", "lists")])
            .args(["-o", &option("Dir::Cache", "cache")])
            .env("LC_ALL", "C");
        command
    }
}

/// Installs system packages on Debian as root; otherwise an error that names the command.
pub fn install_on_system(name: &str, packages: &[&str], about: u64) -> Result<()> {
    let typed = format!(
        "apt-get install --no-install-recommends {}",
        packages.join(" ")
    );
    if on_path("apt-get").is_none() {
        bail!("there is no apt-get on this system");
    }
    if !is_root() {
        bail!("as root, `{typed}` is the command");
    }
    process::run(Command::new("apt-get").arg("update"))?;
    let mut install = Command::new("apt-get");
    install
        .args(["install", "-y", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    let does = format!("`{typed}`");
    Job::new(name, &does, about).run(&mut install).map(drop)
}

fn candidate(policy: &str) -> Option<&str> {
    let version = policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then_some(version)
}

fn dependency<'a>(depends: &'a str, beginning: &str) -> Option<&'a str> {
    depends
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Depends: "))
        .find(|package| package.starts_with(beginning))
}

fn planned(plan: &str) -> impl Iterator<Item = &str> {
    plan.lines()
        .filter_map(|line| line.strip_prefix("Inst ")?.split(' ').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_candidate_is_read_from_the_policy() {
        let policy = "rustc-web:\n  Installed: (none)\n  Candidate: 1.96.0+dfsg1-1\n";
        assert_eq!(candidate(policy), Some("1.96.0+dfsg1-1"));
        assert_eq!(candidate("a:\n  Candidate: (none)\n"), None);
        assert_eq!(candidate(""), None);
    }

    #[test]
    fn a_dependency_is_found_by_its_beginning() {
        let depends = "a\n  Depends: libc6\n  Depends: libllvm22\n  Conflicts: libllvm21\n";
        assert_eq!(dependency(depends, "libllvm"), Some("libllvm22"));
        assert_eq!(dependency(depends, "libz"), None);
    }

    #[test]
    fn the_plan_names_new_packages() {
        let plan = "Reading...\nInst libllvm22 (1:22 Debian)\nInst lld-22 (1)\nConf lld-22 (1)\n";
        assert_eq!(planned(plan).collect::<Vec<_>>(), ["libllvm22", "lld-22"]);
    }
}
