//! System and browser, as far as a browser tells them of itself.

/// The system with its version.
pub(super) fn system(agent: &str) -> String {
    let told = if let Some(version) = after(agent, "iPhone OS ") {
        format!("iPhone iOS {}", version.replace('_', "."))
    } else if agent.contains("iPad") {
        let version = after(agent, "CPU OS ").unwrap_or_default();
        format!("iPad iOS {}", version.replace('_', "."))
    } else if let Some(version) = after(agent, "Android ") {
        format!("Android {version}")
    } else if let Some(version) = after(agent, "Windows NT ") {
        let name = match version.as_str() {
            "10.0" => "10",
            "6.3" => "8.1",
            "6.2" => "8",
            "6.1" => "7",
            "6.0" => "Vista",
            "5.1" | "5.2" => "XP",
            other => other,
        };
        format!("Windows {name}")
    } else if let Some(version) = after(agent, "Mac OS X ") {
        format!("Macintosh MacOS X {}", version.replace('_', "."))
    } else if agent.contains("CrOS") {
        "ChromeOS".to_owned()
    } else if agent.contains("Linux") {
        "Linux".to_owned()
    } else {
        "Unknown OS".to_owned()
    };
    told.trim_end().to_owned()
}

/// The browser with its version. Most say that they are others, too: the ones that do come first.
pub(super) fn browser(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 8] = [
        ("Edg/", "Microsoft Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Vivaldi/", "Vivaldi"),
        ("CriOS/", "Chrome"),
        ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
    ];
    let known = BROWSERS.iter().find_map(|(mark, name)| Some(format!("{name} {}", after(agent, mark)?)));
    let safari = || {
        let version = agent.contains("Safari/").then(|| after(agent, "Version/"))??;
        Some(format!("Safari {version}"))
    };
    known.or_else(safari).unwrap_or_else(|| "Unknown Browser".to_owned())
}

/// The version behind a mark.
fn after(agent: &str, mark: &str) -> Option<String> {
    let (_, rest) = agent.split_once(mark)?;
    let version: String =
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "._".contains(*c)).collect();
    Some(version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_recorded() {
        let recorded = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
                "Windows 10",
                "Chrome 131.0",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
                "Linux",
                "Firefox 132.0",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1",
                "iPhone iOS 18.1",
                "Safari 18.1",
            ),
            ("curl/8.9.1", "Unknown OS", "Unknown Browser"),
            ("", "Unknown OS", "Unknown Browser"),
        ];
        for (agent, on, with) in recorded {
            assert_eq!((system(agent).as_str(), browser(agent).as_str()), (on, with), "{agent}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_read(agent in ".{0,200}") {
            prop_assert!(!system(&agent).is_empty() && !browser(&agent).is_empty());
        }
    }
}
