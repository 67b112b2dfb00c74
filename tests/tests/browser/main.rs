//! Pictures of every screen, for looking at beside the design.
use e2e::browser::Chrome;

#[test]
fn first_look() -> Result<(), Box<dyn std::error::Error>> {
    let chrome = Chrome::open("motion=reduced")?;
    chrome.wait_text("Rani")?;
    chrome.picture("look")?;
    println!("{:?}", chrome.complaints()?);
    Ok(())
}
